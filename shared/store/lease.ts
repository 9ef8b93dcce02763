/** How long a claim keeps others away; longer than any send may take. */
export const LEASE = 'PT30S';
