/** Optional questions to AWS during a deployment: each waits 5 seconds at most, and may stay without an answer. */

const timeoutMs = 5_000;

/**
 * @param provider osls' provider: it knows region and credentials
 * @returns a function that sends a command and rejects with the SDK's error, at the latest after 5 s
 */
export async function questionsTo(Client, provider) {
  const client = new Client(await provider.getAwsSdkV3Config({ maxAttempts: 2 }));
  return (command) => client.send(command, { abortSignal: AbortSignal.timeout(timeoutMs) });
}
