export { ATTENDANCE_TYPES, attendanceEvent, remedyEvent, tripEvent } from './attendanceEvents';
export type { AttendanceType } from './attendanceEvents';
export { TENANT } from './envelope';
export { Events } from './events';
export type { EventsOptions, PushOptions } from './events';
export {
	approvalCcEvent,
	approvalInstanceEvent,
	approvalTaskEvent,
	definitionUpdatedEvent,
	oldApprovalEvent,
} from './instanceEvents';
export { encrypt, signatureHeaders } from './keys';
export type { Keys } from './keys';
export type { Attempt, Delivery, Forgery, PlatformEvent, Way } from './model';
export { RETRY_AFTER_MS } from './queue';
export type { UrlCheck } from './receivers';
