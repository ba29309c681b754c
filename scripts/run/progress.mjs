/** A pipe gets a line at least this often, so that no step looks dead. */
const lineEveryMs = 3_000;
const redrawEveryMs = 120;
const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/**
 * Shows one step after another: a moving line on a terminal, plain lines in a pipe.
 *
 * `step(title, work)` runs `work(say)`; `say(text)` tells how far it is, and what `work` returns
 * as `{ summary }` stands behind the finished step.
 */
export function createProgress(stream = process.stdout) {
  // A reader that went away (`| head`) must not take the servers with it.
  stream.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error;
  });
  const isTerminal = Boolean(stream.isTTY) && process.env.TERM !== 'dumb';
  const print = (text) => stream.write(`${text}\n`);

  async function step(title, work) {
    const startedAt = performance.now();
    let detail = '';
    const shown = isTerminal ? drawing(stream) : writing(print);
    const elapsed = () => (performance.now() - startedAt) / 1000;
    shown.begin(title);
    const timer = setInterval(() => shown.tick(title, detail, elapsed()), shown.everyMs);
    try {
      const result = await work((text) => {
        detail = text;
      });
      shown.end('✓', title, result?.summary, elapsed());
      return result;
    } catch (error) {
      shown.end('✗', title, undefined, elapsed());
      throw error;
    } finally {
      clearInterval(timer);
    }
  }

  return { step, print };
}

function drawing(stream) {
  let frame = 0;
  const draw = (text) => {
    const line = [...text].slice(0, Math.max(20, (stream.columns ?? 80) - 1)).join('');
    stream.write(`\r\u001b[2K${line}`);
  };
  return {
    everyMs: redrawEveryMs,
    begin: (title) => draw(`${frames[0]} ${title}`),
    tick: (title, detail, seconds) => {
      frame = (frame + 1) % frames.length;
      draw(
        `${frames[frame]} ${[title, detail, `${seconds.toFixed(0)} s`].filter(Boolean).join(' · ')}`,
      );
    },
    end: (mark, title, summary, seconds) => {
      stream.write(`\r\u001b[2K${finished(mark, title, summary, seconds)}\n`);
    },
  };
}

function writing(print) {
  return {
    everyMs: lineEveryMs,
    begin: (title) => print(`- ${title} …`),
    tick: (_title, detail, seconds) =>
      print(`    ${[detail, `${seconds.toFixed(0)} s`].filter(Boolean).join(' · ')}`),
    end: (mark, title, summary, seconds) => print(finished(mark, title, summary, seconds)),
  };
}

const finished = (mark, title, summary, seconds) =>
  `${mark} ${title}${summary ? `: ${summary}` : ''} (${seconds.toFixed(1)} s)`;
