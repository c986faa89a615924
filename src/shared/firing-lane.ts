/** The turn that a firing waits for: firings of one group run one after another. */
export function firingLane(firing: {
  readonly groupId: string | null;
  readonly ownerId: string;
}): string {
  return firing.groupId ?? firing.ownerId;
}
