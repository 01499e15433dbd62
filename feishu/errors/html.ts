/** Text that stands for itself in HTML: n8n shows descriptions as such. */
export function escapeHtml(text: string): string {
	return text
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;')
		.replace(/"/g, '&quot;');
}

/** A link that opens in a tab of its own; `text` is HTML. */
export function link(url: string, text: string): string {
	return `<a href="${escapeHtml(url)}" target="_blank">${text}</a>`;
}

/** A description as text to read in a table: links written out, nothing escaped. */
export function toPlainText(description: string): string {
	return description
		.replace(/<a href="([^"]*)"[^>]*>([^<]*)<\/a>/g, '$2: $1')
		.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>')
		.replace(/&quot;/g, '"')
		.replace(/&amp;/g, '&');
}
