import { randomInt, randomUUID } from 'node:crypto';
import { Clock } from './clock';
import { makeDefinition, type Definition } from './creating/definition';
import { EXAMPLE_DEFINITIONS } from './creating/exampleDefinitions';
import { RICH_DEFINITION } from './creating/richDefinition';
import { Events, type EventsOptions } from './events';
import { Faults } from './faults';
import { FileHost } from './fileHost';
import { FIXTURE_USERS, SANDBOX_APP } from './fixtures';
import { FIXTURE_INSTANCES, SAMPLE_INSTANCE } from './instances';
import { Limits } from './limits';
import type * as model from './model';
import type { App, AppFixture, Endpoint, Instance, JournalEntry, User } from './model';
import {
	INSTANCE_SCOPES,
	DEPARTMENT_SCOPE,
	USER_BASE_SCOPE,
	USER_ID_SCOPE,
	USER_LOOK_UP_SCOPE,
	LIST_SCOPE,
} from './people';
import { Tokens } from './tokens';

/** How a platform is set up; every field has a default. */
export interface PlatformOptions {
	/** How events are pushed. */
	events?: EventsOptions;
	/** Rate limits on or off; default on. */
	limits?: boolean;
	/** HTTP status of 99991400; default 429 (some older APIs use 400). */
	rateLimitStatus?: 429 | 400;
	/** ms by which the platform's clock differs from this machine's; default 0. */
	clockOffsetMs?: number;
	/** Default: one app, {@link SANDBOX_APP}. */
	apps?: AppFixture[];
	/** true: a CC to somebody already copied adds no timeline entry. Default false. */
	dedupeCc?: boolean;
	/** How long (ms) after it happened the searches find something; default 0. */
	searchLagMs?: number;
	/** How long (ms) after its creation an instance cannot be found by its uuid; default 0. */
	uuidLagMs?: number;
	/** true: the international platform, which is stricter about uuids and takes no addresses. */
	isLark?: boolean;
}

/** Everything the platform knows and remembers; the server only carries it over HTTP. */
export class Platform {
	readonly clock: Clock;
	readonly apps = new Map<string, App>();
	/** By open_id. */
	readonly users = new Map<string, User>();
	/** By instance code. */
	readonly instances = new Map<string, Instance>();
	/** Approval codes that exist, those of the instances among them. */
	readonly approvals = new Set<string>();
	/** Definitions that the sandbox was told, by approval code; all others are alike. */
	readonly definitions = new Map<string, Definition>();
	/** Files that were uploaded, by code. */
	readonly uploads = new Map<string, model.UploadedFile>();
	/** Addresses for uploads that do not exist here. */
	readonly missingUploads = new Set<'upload' | 'uploadV4'>();
	/** Whose events an app has subscribed to: app ID and approval code. */
	readonly subscriptions = new Set<string>();
	readonly journal: JournalEntry[] = [];
	readonly faults = new Faults();
	/** Where the files of instances lie. */
	readonly fileHost = new FileHost();
	readonly tokens: Tokens;
	readonly limits: Limits;
	/** Pushes events to the apps, and tells what became of them. */
	readonly events: Events;
	dedupeCc: boolean;
	searchLagMs: number;
	uuidLagMs: number;
	isLark: boolean;
	/** The `cc_id` of copies that were opened. */
	readonly readCopies = new Set<string>();
	private lastCcId = 0;

	constructor(options: PlatformOptions = {}) {
		this.clock = new Clock(options.clockOffsetMs);
		this.tokens = new Tokens(this.clock);
		const { limits = true, rateLimitStatus = 429 } = options;
		this.limits = new Limits(this.clock, this.apps, limits, rateLimitStatus);
		this.events = new Events(this, options.events);
		this.dedupeCc = options.dedupeCc ?? false;
		this.searchLagMs = options.searchLagMs ?? 0;
		this.uuidLagMs = options.uuidLagMs ?? 0;
		this.isLark = options.isLark ?? false;
		for (const app of options.apps ?? [SANDBOX_APP]) this.addApp(app);
		for (const user of FIXTURE_USERS) this.addUser(user);
		this.reset();
	}

	/** The journal's entries of one endpoint, in order of arrival. */
	calls(endpoint: Endpoint): JournalEntry[] {
		return this.journal.filter((entry) => entry.endpoint === endpoint);
	}

	isSubscribed(appId: string, approvalCode: string): boolean {
		return this.subscriptions.has(`${appId} ${approvalCode}`);
	}

	/** As if the app had called `subscribe`. */
	subscribe(approvalCode: string, appId = [...this.apps.keys()][0]): void {
		this.subscriptions.add(`${appId} ${approvalCode}`);
	}

	addApp(fixture: AppFixture): App {
		const app: App = {
			enabled: true,
			deniedIp: false,
			quotaUsedUp: false,
			contactRange: 'all',
			wrongSecretCode: 10015,
			userIdWithoutScope: 'absent',
			errorDetails: true,
			ofOtherCloud: false,
			...fixture,
			scopes: [
				...(fixture.scopes ?? [
					...INSTANCE_SCOPES,
					USER_ID_SCOPE,
					USER_LOOK_UP_SCOPE,
					USER_BASE_SCOPE,
					DEPARTMENT_SCOPE,
					LIST_SCOPE,
				]),
			],
		};
		this.apps.set(app.app_id, app);
		return app;
	}

	addUser(user: User): User {
		const added = { ...user };
		this.users.set(added.open_id, added);
		return added;
	}

	/** Adds an instance: what is not given is as in the Get Instance page's sample, codes unique. */
	addInstance(partial: Partial<Instance> = {}): Instance {
		const instance: Instance = {
			...structuredClone(SAMPLE_INSTANCE),
			instance_code: randomUUID().toUpperCase(),
			uuid: randomUUID(),
			serial_number: `20260101${randomInt(10_000, 99_999)}`,
			...structuredClone(partial),
		};
		// Only a modification or a revocation of another instance carries these.
		for (const key of ['modified_instance_code', 'reverted_instance_code'] as const) {
			if (partial[key] === undefined) delete instance[key];
		}
		this.approvals.add(instance.approval_code);
		this.instances.set(instance.instance_code, instance);
		return instance;
	}

	/** Adds a definition: what is not given is as in all others, its code unique. */
	addDefinition(partial: Partial<Definition> = {}): Definition {
		const definition = makeDefinition({
			approval_code: randomUUID().toUpperCase(),
			...structuredClone(partial),
		});
		this.approvals.add(definition.approval_code);
		this.definitions.set(definition.approval_code, definition);
		return definition;
	}

	/** The definition with this code, which exists. */
	definitionOf(code: string): Definition {
		const told = this.definitions.get(code);
		const named = [...this.instances.values()].find((one) => one.approval_code === code);
		return told ?? makeDefinition({ approval_code: code, approval_name: named?.approval_name });
	}

	nextCcId(): string {
		return String(700_000 + ++this.lastCcId);
	}

	/**
	 * Journal, faults, windows, clock, tokens, events and instances as at the start; apps (with their
	 * request URLs and open connections) and users, and what was changed about them, stay.
	 */
	reset(): void {
		this.journal.length = 0;
		this.faults.clear();
		this.limits.reset();
		this.clock.reset();
		this.tokens.reset();
		this.events.reset();
		this.instances.clear();
		this.approvals.clear();
		this.definitions.clear();
		this.uploads.clear();
		this.missingUploads.clear();
		this.subscriptions.clear();
		this.readCopies.clear();
		for (const instance of FIXTURE_INSTANCES) this.addInstance(instance);
		for (const one of [RICH_DEFINITION, ...EXAMPLE_DEFINITIONS]) this.addDefinition(one);
	}
}
