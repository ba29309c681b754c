export { checkpointText, parseCheckpoint, type Checkpoint } from './checkpoint.ts';
export {
  parseNote,
  parseVerifierKey,
  signNote,
  verifierKey,
  verifyNote,
  type Note,
  type Signer,
} from './note.ts';
export {
  consistencyNodes,
  consistencyProof,
  inclusionNodes,
  inclusionProof,
  verifyConsistency,
  verifyInclusion,
  type ReadNode,
} from './proof.ts';
export { TILE_WIDTH, parseTilePath, tilePath, tilesAt, type Tile } from './tile.ts';
export {
  EMPTY,
  append,
  leafHash,
  nodeHash,
  rootOf,
  type Frontier,
  type Hash,
  type Node,
  type Sha256,
} from './tree.ts';
