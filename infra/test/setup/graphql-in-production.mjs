/** Loads graphql-js as services run it: otherwise it looks for copies of itself in all it is given, a sixth of the work. */
const mode = process.env.NODE_ENV;
process.env.NODE_ENV = 'production';
await import('graphql');
process.env.NODE_ENV = mode;
