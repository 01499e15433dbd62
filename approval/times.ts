/**
 * A time of the Approval API (text or number of milliseconds since 1970) as ISO 8601 in UTC.
 * Nothing for "0", which stands for "not yet"; what is not such a time comes back as it is.
 */
export function toIso(milliseconds: unknown): unknown {
	if (milliseconds === undefined) return null;
	if (typeof milliseconds !== 'string' && typeof milliseconds !== 'number') return milliseconds;
	// Empty text is zero as well.
	const time = Number(milliseconds);
	if (time === 0) return null;
	const date = new Date(time);
	return Number.isNaN(date.getTime()) ? milliseconds : date.toISOString();
}
