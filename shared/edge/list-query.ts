import * as z from 'zod';

/** The query of every list: extend it with what the list is filtered by. */
export const ListQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(25),
  /** `next` of the page before. */
  cursor: z.string().min(1).max(2000).optional(),
});
export type ListQuery = z.infer<typeof ListQuery>;

/** The answer of every list: a page, and the cursor of the next one or null. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().nullable() });

/** A filter that takes one value or several, which are alternatives. */
export const commaSeparated = <T extends z.core.$ZodType<string>>(value: T, example: string) =>
  z
    .string()
    .max(200)
    .describe(`One or more values, separated by commas: \`${example}\`.`)
    .transform((text): string[] => text.split(','))
    .pipe(z.array(value) as unknown as z.ZodType<z.output<T>[], string[]>);
