import { randomBytes } from 'node:crypto';

export const TOKEN_LIFE_SECONDS = 7200;
const KEPT_WHILE_MS = 30 * 60 * 1000;

interface TenantToken {
	value: string;
	appId: string;
	/** Epoch ms on the platform's clock. */
	expiresAt: number;
}

/**
 * The tenant access tokens of all apps (API sheet 2.1 and 2.2).
 *
 * Token exchange: same token while 30 min or more are left; below that a new one, and the old
 * one stays valid until its own expiry.
 */
export class Tokens {
	private readonly byValue = new Map<string, TenantToken>();
	private readonly newest = new Map<string, TenantToken>();
	private readonly minted = new Map<string, number>();
	private readonly exchanged = new Map<string, number>();

	constructor(private readonly clock: { now(): number }) {}

	/** Answers one exchange of the app: its token and the seconds that token still lives. */
	exchange(appId: string): { tenant_access_token: string; expire: number } {
		this.exchanged.set(appId, this.exchanges(appId) + 1);
		const kept = this.newest.get(appId);
		const token = kept && this.lifeLeft(kept) >= KEPT_WHILE_MS ? kept : this.mint(appId);
		return {
			tenant_access_token: token.value,
			expire: Math.ceil(this.lifeLeft(token) / 1000),
		};
	}

	/** How many distinct tokens were minted for the app. */
	issued(appId: string): number {
		return this.minted.get(appId) ?? 0;
	}

	/** How many exchange calls were answered with code 0, for one app or for all. */
	exchanges(appId?: string): number {
		if (appId !== undefined) return this.exchanged.get(appId) ?? 0;
		return [...this.exchanged.values()].reduce((sum, count) => sum + count, 0);
	}

	/** The token that the next exchange would hand out again, if the app has a live one. */
	current(appId: string): string | undefined {
		const token = this.newest.get(appId);
		return token && this.lifeLeft(token) > 0 ? token.value : undefined;
	}

	/** Every token of the app is dead at once; the next exchange mints a new one. */
	revoke(appId: string): void {
		for (const token of this.byValue.values()) {
			if (token.appId === appId) token.expiresAt = 0;
		}
	}

	/** Sets the remaining life, in seconds, of the token that the app got last. */
	expireIn(appId: string, seconds: number): void {
		const token = this.newest.get(appId);
		if (!token) throw new Error(`The app ${appId} has no token yet`);
		token.expiresAt = this.clock.now() + seconds * 1000;
	}

	/** Registers a token of the caller's choice; no exchange ever hands it out. */
	accept(appId: string, value: string, seconds = TOKEN_LIFE_SECONDS): void {
		this.byValue.set(value, { value, appId, expiresAt: this.clock.now() + seconds * 1000 });
	}

	/** The app a token was made for, dead tokens included. */
	ownerOf(value: string): string | undefined {
		return this.byValue.get(value)?.appId;
	}

	isLive(value: string): boolean {
		const token = this.byValue.get(value);
		return token !== undefined && this.lifeLeft(token) > 0;
	}

	reset(): void {
		for (const map of [this.byValue, this.newest, this.minted, this.exchanged]) map.clear();
	}

	private lifeLeft(token: TenantToken): number {
		return token.expiresAt - this.clock.now();
	}

	private mint(appId: string): TenantToken {
		const value = `t-${randomBytes(20).toString('hex')}`;
		const expiresAt = this.clock.now() + TOKEN_LIFE_SECONDS * 1000;
		const token = { value, appId, expiresAt };
		this.byValue.set(value, token);
		this.newest.set(appId, token);
		this.minted.set(appId, this.issued(appId) + 1);
		return token;
	}
}
