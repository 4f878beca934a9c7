/** A file that belongs to an order. */
export interface Attachment {
  name: string;
  mediaType: string;
  content: Uint8Array;
}

const NAME = /^\w[\w.-]{0,99}$/;

/** Whether a file may have this name, which is used in a path and in a header. */
export function isAttachmentName(name: string): boolean {
  return NAME.test(name);
}
