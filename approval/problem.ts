/** What is wrong with something that was entered, and how to put it right. */
export class Problem {
	constructor(
		/** Follows the name of the field: "is empty". */
		readonly message: string,
		readonly hint: string,
	) {}
}
