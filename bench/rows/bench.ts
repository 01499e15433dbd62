import type { RealN8n } from '../contenders/realN8n';
import type { Platform } from '../platform';

/** What all rows work with. */
export interface Bench {
	platform: Platform;
	/** Missing: figures of a real n8n are left out. */
	n8n?: RealN8n;
	rounds: number;
	say(line: string): void;
}
