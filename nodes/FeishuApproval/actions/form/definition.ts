import { readDefinitionForm, type FormField } from '../../../../approval/definition';
import type { ItemClient } from '../../../../feishu/client/itemClient';
import { callOf, ENDPOINTS } from '../../../../feishu/endpoints';

/**
 * The fields of a definition's form, with the choices that come from outside it (API sheet 4.5). A
 * definition is read once for all items of a run; throws as ItemClient.read.
 */
export async function formFieldsOf(feishu: ItemClient, code: string): Promise<FormField[]> {
	return await feishu.keep(`definition ${code}`, async () => {
		const qs = { with_option: true };
		const call = callOf(ENDPOINTS.getDefinition, { path: { approval_code: code }, qs });
		return readDefinitionForm((await feishu.read(call)).form);
	});
}
