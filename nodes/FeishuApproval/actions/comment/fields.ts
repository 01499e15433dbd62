import { reworded } from '../fields/field';
import { person } from '../fields/people';

/** In whose name a comment is written, read or deleted. */
export const author = reworded(person, {
	displayName: 'User',
	default: '',
	description: 'The person in whose name this is done: an ID, email address or mobile number',
});
