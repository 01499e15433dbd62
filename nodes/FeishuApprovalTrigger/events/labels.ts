import { isObject } from '../../../approval/json';
import { readLoose } from './looseText';

function isDefault(resource: Record<string, unknown>): boolean {
	return resource.is_default === true || resource.is_default === 'true';
}

/**
 * The labels for keys such as `@i18n@1`, of `i18n_resources` of an event: a list of languages, which
 * is also met as text, or has texts in it. Those of the default language win.
 */
export function labelsIn(resources: unknown): ReadonlyMap<string, string> {
	const read = readLoose(resources);
	const languages = (Array.isArray(read) ? read : [read]).map(readLoose).filter(isObject);
	const sorted = [
		...languages.filter((language) => !isDefault(language)),
		...languages.filter(isDefault),
	];
	const texts = sorted.map((language) => readLoose(language.texts)).filter(isObject);
	return new Map(
		texts
			.flatMap((labels) => Object.entries(labels))
			.filter((label): label is [string, string] => typeof label[1] === 'string'),
	);
}
