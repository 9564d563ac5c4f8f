import { setFlagsFromString } from 'node:v8';

// To be imported ahead of Cedar. It is WebAssembly, and V8 would compile it a second time, optimised, which takes longer
// than a command that asks for some seconds gains by it.
setFlagsFromString('--liftoff-only');
