import { decompress as decompressZstd } from 'fzstd';
import kafkajs from 'kafkajs';
import lz4 from 'lz4-napi';
import snappy from 'snappy';

/**
 * Teaches KafkaJS the codecs it leaves out; gzip it has. Once a process.
 *
 * Which codec a batch has is the publisher's or the broker's choice (`compression.type`), so all
 * must be readable. None needs a compiler: snappy and lz4-napi ship prebuilt binaries, fzstd is
 * JavaScript. fzstd only reads; nothing here writes zstd.
 */
export function registerCodecs(): void {
  const { CompressionCodecs, CompressionTypes } = kafkajs;
  CompressionCodecs[CompressionTypes.Snappy] = () => ({
    compress: ({ buffer }: { buffer: Buffer }) => snappy.compress(buffer),
    decompress: (buffer: Buffer) => Promise.resolve(uncompressSnappy(buffer)),
  });
  CompressionCodecs[CompressionTypes.LZ4] = () => ({
    compress: ({ buffer }: { buffer: Buffer }) => lz4.compressFrame(buffer),
    decompress: (buffer: Buffer) => lz4.decompressFrame(buffer),
  });
  CompressionCodecs[CompressionTypes.ZSTD] = () => ({
    compress: () => Promise.reject(new Error('zstd is only read: publish with another codec.')),
    decompress: (buffer: Buffer) => Promise.resolve(asBuffer(decompressZstd(buffer))),
  });
}

/** "\x82SNAPPY\0", then two 32-bit versions: the block stream of snappy-java. */
const xerialMagic = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const xerialHeaderBytes = 16;

/** Reads both forms found on Kafka: the Java client's block stream and others' one raw block. */
function uncompressSnappy(buffer: Buffer): Buffer {
  if (!buffer.subarray(0, xerialMagic.length).equals(xerialMagic)) return uncompressBlock(buffer);
  const blocks: Buffer[] = [];
  let at = xerialHeaderBytes;
  while (at < buffer.length) {
    const start = at + 4;
    const end = start + buffer.readUInt32BE(at);
    if (end > buffer.length) throw new RangeError('A snappy block ends after its batch.');
    blocks.push(uncompressBlock(buffer.subarray(start, end)));
    at = end;
  }
  return Buffer.concat(blocks);
}

function uncompressBlock(block: Buffer): Buffer {
  return asBuffer(snappy.uncompressSync(block, { asBuffer: true }));
}

function asBuffer(bytes: Uint8Array | string): Buffer {
  if (typeof bytes === 'string') return Buffer.from(bytes);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
