/**
 * Where a function's AWS credentials come from: Lambda puts them into the environment, always. The bundles hold this
 * file in place of the SDK's chain of providers (files, single sign-on, other processes, metadata servers), which no
 * function ever walks: 136 kB and a fifth of the time to load.
 */

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** The name by which the SDK imports its chain. @returns what reads the credentials; it throws when there are none */
export const defaultProvider = () => async (): Promise<Credentials> => {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = process.env;
  if (!accessKeyId || !secretAccessKey) {
    throw new Error('no AWS credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY');
  }
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
};
