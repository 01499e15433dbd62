/** What an expression leaves in a text where it found nothing. */
export const LEFT_OVER: ReadonlySet<string> = new Set(['undefined', 'null', 'NaN']);
