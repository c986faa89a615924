import type { Group, Member, Membership } from "#entities/index.js";

/**
 * Who said it and where, as the directory knows them. In a direct conversation `group` is the group
 * the member belongs to (the one they were last heard in) and `direct` is true.
 */
export interface Place {
  readonly group: Group;
  readonly member: Member;
  readonly membership: Membership;
  readonly direct: boolean;
}
