/** How DTOs are checked; the names and meanings are class-validator's. */
export interface ValidationOptions {
  /** Takes off members that no rule knows. */
  whitelist?: boolean;
  /** With `whitelist`: refuses them instead, a detail each. */
  forbidNonWhitelisted?: boolean;
  /** Only rules of these groups, and those marked `always`, apply. */
  groups?: string[];
}
