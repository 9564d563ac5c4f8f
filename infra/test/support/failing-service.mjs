/** A service whose start fails, with a reason. */
process.stderr.write(
  `${JSON.stringify({ level: 'error', service: 'test', msg: 'The register of streets is not there.' })}\n`,
);
process.exit(1);
