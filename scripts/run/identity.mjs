import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Which process a pid means: a number is used again, its start time is not.
 *
 * A text to compare, or null where no such process lives (a zombie no longer does).
 */
export function identify(pid) {
  return hasProc() ? identifyByProc(pid) : identifyByPs(pid);
}

/** Whether the process written down as `{ pid, identity }` still lives. */
export const isAlive = ({ pid, identity }) => identity !== null && identify(pid) === identity;

/** The parent's pid, or null at the top or where the process is gone. */
export function parentOf(pid) {
  if (hasProc()) return statOf(pid)?.parent ?? null;
  const parent = Number(ps('ppid', pid));
  return parent > 0 ? parent : null;
}

/** How the process was called, on one line; '' where it is gone. */
export function commandOf(pid) {
  if (!hasProc()) return ps('args', pid);
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}

let bootId;

function hasProc() {
  if (bootId === undefined) {
    try {
      bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    } catch {
      bootId = null; // macOS and the BSDs.
    }
  }
  return bootId !== null;
}

function identifyByProc(pid) {
  const stat = statOf(pid);
  return stat === null || stat.state === 'Z' ? null : `${bootId}/${stat.startedAt}`;
}

/** See proc(5): the command, field 2, stands in parentheses and may itself contain any character. */
function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0], parent: Number(fields[1]), startedAt: fields[19] };
  } catch {
    return null;
  }
}

function identifyByPs(pid) {
  const state = ps('state', pid);
  if (state === '' || state.startsWith('Z')) return null;
  return ps('lstart', pid) || null;
}

function ps(column, pid) {
  try {
    const options = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] };
    return execFileSync('ps', ['-o', `${column}=`, '-p', String(pid)], options).trim();
  } catch {
    return '';
  }
}
