/**
 * Loads graphql-js as for production, whatever NODE_ENV is; to be imported before anything else. Otherwise it looks in all
 * that it is given for copies of itself, which is a tenth to a sixth of the work. What the rest of a program makes of
 * NODE_ENV stays as it is.
 */
const { NODE_ENV: environment } = process.env;
process.env['NODE_ENV'] = 'production';
await import('graphql');
if (environment === undefined) delete process.env['NODE_ENV'];
else process.env['NODE_ENV'] = environment;
