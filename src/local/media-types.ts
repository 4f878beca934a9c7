/** The type of a `Content-Type` or of one range of `Accept`, without parameters, lower-case. */
export function mediaTypeOf(value: string | undefined): string {
  return value?.split(';')[0]?.trim().toLowerCase() ?? '';
}

/** Whether one of the types, which may have wildcards as `image/*` does, covers the value of a header. */
export function matchesMediaType(types: readonly string[], value: string | undefined): boolean {
  const mediaType = mediaTypeOf(value);
  return types.some((type) => {
    const wanted = type.toLowerCase();
    if (wanted === '*/*' || wanted === mediaType) return true;
    return wanted.endsWith('/*') && mediaType.startsWith(wanted.slice(0, -1));
  });
}

/** The types whose bodies a load balancer puts into the event as text (its guide, "Lambda functions as targets"). */
export const TEXT_TYPES: readonly string[] = ['text/*', 'application/json', 'application/javascript', 'application/xml'];

/** Whether a body of this type is text to HTTP APIs and Function URLs. */
export function isTextType(contentType: string | undefined): boolean {
  return matchesMediaType(TEXT_TYPES, contentType) || /\+(json|xml)$/.test(mediaTypeOf(contentType));
}
