import { readdir, readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { z } from 'zod';
import { manifest, stakeholder, stockClass, stockPlan, transaction } from './objects.ts';
import type { OcfPackage } from './objects.ts';

/** What is wrong with a package: every fault, each naming its file and the place in it. */
export class PackageError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`This is no readable Open Cap Format package:\n${faults.join('\n')}`);
    this.faults = faults;
  }
}

/**
 * Reads an Open Cap Format folder: its manifest and the files that the manifest names.
 *
 * Throws PackageError with every fault found.
 */
export async function readPackage(folder: string): Promise<OcfPackage> {
  const faults: string[] = [];
  const head = await readManifest(folder);
  const list = async <T>(files: readonly { filepath: string }[], item: z.ZodType<T>) => {
    const parts = await Promise.all(
      files.map(({ filepath }) => readItems(folder, filepath, item, faults)),
    );
    return parts.flat();
  };
  const [stakeholders, stockClasses, stockPlans, transactions] = await Promise.all([
    list(head.stakeholders_files, stakeholder),
    list(head.stock_classes_files, stockClass),
    list(head.stock_plans_files, stockPlan),
    list(head.transactions_files, transaction),
  ]);
  if (faults.length > 0) throw new PackageError(faults);
  return { manifest: head, stakeholders, stockClasses, stockPlans, transactions };
}

async function readManifest(folder: string): Promise<z.infer<typeof manifest>> {
  const names = await readdir(folder).catch(() => {
    throw new PackageError([`${folder}: no such folder`]);
  });
  for (const name of names.filter((each) => each.endsWith('.json'))) {
    const json = await readJson(join(folder, name));
    if (!isManifest(json)) continue;
    const parsed = manifest.safeParse(json);
    if (parsed.success) return parsed.data;
    throw new PackageError(faultsOf(name, parsed.error));
  }
  throw new PackageError([`${folder}: holds no file of type OCF_MANIFEST_FILE`]);
}

const isManifest = (json: unknown): boolean =>
  typeof json === 'object' &&
  json !== null &&
  'file_type' in json &&
  json.file_type === 'OCF_MANIFEST_FILE';

async function readItems<T>(
  folder: string,
  filepath: string,
  item: z.ZodType<T>,
  faults: string[],
): Promise<readonly T[]> {
  const path = resolve(folder, filepath);
  if (relative(folder, path).startsWith('..')) {
    faults.push(`${filepath}: lies outside the package`);
    return [];
  }
  try {
    const parsed = z.looseObject({ items: z.array(item) }).safeParse(await readJson(path));
    if (parsed.success) return parsed.data.items;
    faults.push(...faultsOf(filepath, parsed.error));
  } catch (error) {
    faults.push(
      error instanceof PackageError ? error.faults.join() : `${filepath}: cannot be read`,
    );
  }
  return [];
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8');
  try {
    return JSON.parse(text);
  } catch {
    throw new PackageError([`${path}: is not JSON`]);
  }
}

const faultsOf = (file: string, error: z.ZodError): string[] =>
  error.issues.map(({ path, message }) => `${file}#/${path.map(String).join('/')}: ${message}`);
