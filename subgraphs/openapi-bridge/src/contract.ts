import { readDescription } from './description/read.js';
import { contractOf } from './graph/contract.js';
import { loadLibrarySchema } from './rest/library.js';

const banner = (names: string) => `# Generated from ${names} in platforms/: npm run compose. Edit those, not this.\n\n`;

/**
 * The contract of a platform, as it stands beside those of the departments in `schema/`: generated from its OpenAPI
 * document and overlay alone.
 * @throws StartError where one of them is wrong
 */
export async function platformContract(
  platform: string,
  files: { readonly openapi: string; readonly overlay: string },
): Promise<string> {
  const description = readDescription(files);
  // Nothing is asked: only the types are looked at.
  const library = await loadLibrarySchema(description, 'http://localhost', () => Promise.reject(new Error('offline')));
  return banner(`${platform}.openapi.json and ${platform}.overlay.json`) + contractOf(description, library);
}
