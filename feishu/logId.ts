/** Feishu's log IDs are a time and hex digits, those of gateways mostly UUIDs. */
const LOG_ID = /^[0-9a-f-]{8,64}$/;
/** So many characters of a secret in a row are no coincidence. */
const PIECE = 8;

function sharesPiece(text: string, other: string, length: number): boolean {
	for (let at = 0; at + length <= other.length; at++) {
		if (text.includes(other.slice(at, at + length))) return true;
	}
	return false;
}

/** A gateway may hand on the secret itself, or its bytes as hex digits, whole or cut. */
function holds(logId: string, secret: string): boolean {
	const digits = logId.replaceAll('-', '');
	return (
		sharesPiece(digits, secret.toLowerCase().replaceAll('-', ''), PIECE) ||
		sharesPiece(digits, Buffer.from(secret).toString('hex'), PIECE * 2)
	);
}

/**
 * The first candidate that looks like a log ID (API sheet 1.4) and holds nothing of the secret:
 * some gateways put what they were sent where the log ID belongs.
 */
export function logIdOf(candidates: unknown[], secret: string): string | undefined {
	return candidates.find((candidate): candidate is string => {
		if (typeof candidate !== 'string') return false;
		const logId = candidate.toLowerCase();
		return LOG_ID.test(logId) && !holds(logId, secret);
	});
}
