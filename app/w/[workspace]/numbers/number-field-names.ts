/** The fields of a number, all of which are shown again after a refusal. */
export const numberFieldNames = ['number', 'country', 'label', 'owner', 'calls', 'messages', 'whole'] as const
