/** The fields of a position, all of which are shown again after a refusal. */
export const positionFieldNames = ['title', 'code', 'department', 'place', 'owner'] as const
