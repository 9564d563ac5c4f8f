import { StartError } from '@linli/kit/errors';
import { platformContract } from '@linli/openapi-bridge/contract';
import { platformFiles, schemaFile } from '@linli/schema/files';
import { platforms } from '@linli/schema/platforms';
import { platformUnreadable } from '../errors.js';

/**
 * The contracts of the platforms, each generated from the platform's OpenAPI document and overlay: the file where it
 * stands, and what should stand there.
 */
export async function platformContracts(): Promise<{ readonly file: string; readonly text: string }[]> {
  return Promise.all(
    platforms.map(async (platform) => ({
      file: schemaFile(`${platform}.graphql`),
      text: await platformContract(platform, platformFiles(platform)).catch((error: unknown) => {
        throw error instanceof StartError ? platformUnreadable(platform, error.message) : error;
      }),
    })),
  );
}
