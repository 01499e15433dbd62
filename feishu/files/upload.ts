import type { FileType } from '../../approval/filling/filling';
import { decodeLink } from '../../approval/formFiles';
import { isObject, objectsIn } from '../../approval/json';
import { Problem } from '../../approval/problem';
import type { ItemClient } from '../client/itemClient';
import { callOf, ENDPOINTS, type Call } from '../endpoints';
import { FeishuCallError } from '../errors/callError';

/** A file that Feishu has taken. */
export interface Uploaded {
	code: string;
	url: string;
	name: string;
	/** Bytes. */
	size: number;
	file_type: FileType;
}

/** Feishu takes no larger files (API sheet 4.9; bytes). */
const MOST: Record<FileType, number> = { attachment: 50 * 1024 * 1024, image: 10 * 1024 * 1024 };

const MB = 1024 * 1024;

/** A name that a form can carry: Feishu reads it as it is. */
const cleanName = (name: string): string => name.replace(/["\r\n\\/]/g, '').trim() || 'file';

/** The two shapes of an answer (API sheet 4.9). */
function codeIn(data: Record<string, unknown>): { code: string; url: string } | undefined {
	const found = [data, ...objectsIn(data.urls_detail)].find(
		({ code }) => typeof code === 'string' && code !== '',
	);
	if (found === undefined || !isObject(found)) return undefined;
	const { code, url } = found;
	return { code: String(code), url: typeof url === 'string' ? decodeLink(url) : '' };
}

/**
 * Uploads a binary field of the item, for a form or a comment (API sheet 4.9). Where the platform
 * does not have the documented address, the newer one is tried, once for all items of a run.
 *
 * @throws a Problem if the file cannot be read, is empty or too large
 * @throws FeishuCallError if Feishu refused, did not answer, or gave no code
 * @throws ExecutionCancelled if the run has ended
 */
export async function upload(
	feishu: ItemClient,
	binary: string,
	fileType?: FileType,
): Promise<Uploaded> {
	const { bytes, name: given, mimeType } = await feishu.data.file(binary);
	const isImage = mimeType.startsWith('image/') && bytes.length <= MOST.image;
	const type = fileType ?? (isImage ? 'image' : 'attachment');
	const name = cleanName(given);
	if (bytes.length === 0)
		throw new Problem(`The file "${name}" is empty`, 'Feishu takes no empty files.');
	if (bytes.length > MOST[type]) {
		throw new Problem(
			`The file "${name}" has ${Math.ceil(bytes.length / MB)} MB, which is too large`,
			`Feishu takes attachments of up to ${MOST.attachment / MB} MB and images of up to ${MOST.image / MB} MB.`,
		);
	}
	const body = new FormData();
	body.append('name', name);
	body.append('type', type);
	body.append('content', new Blob([bytes], { type: mimeType }), name);
	const place = feishu.keep('upload', (): Pick<Call, 'endpoint'> => ({
		endpoint: ENDPOINTS.uploadFile,
	}));
	// Others that are on their way may find out meanwhile, too.
	const { endpoint } = place;
	let answer = await feishu.ask(callOf(endpoint, { body }));
	const isAbsent = !answer.ok && answer.httpStatus === 404 && endpoint !== ENDPOINTS.uploadFileV4;
	if (isAbsent) {
		place.endpoint = ENDPOINTS.uploadFileV4;
		answer = await feishu.ask(callOf(place.endpoint, { body }));
	}
	if (!answer.ok) throw new FeishuCallError(answer);
	const found = codeIn(answer.data);
	if (found === undefined) {
		throw new FeishuCallError({
			ok: false,
			carriedOut: 'uncertain',
			transient: false,
			message: `Feishu took the file "${name}", but gave no code for it`,
			hint: 'Without a code it cannot be put into a form. Try again later.',
		});
	}
	return { ...found, name, size: bytes.length, file_type: type };
}
