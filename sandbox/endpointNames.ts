/** The endpoints whose calls count for a limit. */
export type LimitedEndpoint =
	| 'create'
	| 'preview'
	| 'upload'
	| 'uploadV4'
	| 'get'
	| 'cc'
	| 'listInstances'
	| 'queryInstances'
	| 'searchCc'
	| 'queryTasks'
	| 'searchTasks'
	| 'cancel'
	| 'approveTask'
	| 'rejectTask'
	| 'transferTask'
	| 'resubmitTask'
	| 'addSign'
	| 'rollBack'
	| 'createComment'
	| 'listComments'
	| 'deleteComment'
	| 'removeComments'
	| 'getDefinition'
	| 'subscribe'
	| 'unsubscribe'
	| 'getUserIds'
	| 'getUsers'
	| 'getDepartments'
	| 'countConnections';

/** The endpoints the sandbox tells apart; `other` is every path or method it does not offer. */
export type Endpoint = LimitedEndpoint | 'exchange' | 'openConnection' | 'other';
