/** The parts of a folder of S3, such as `s3://bucket/orders/`, and how IAM names them. */
import { sub } from '../cloudformation.ts';

const parts = (url: string): readonly string[] =>
  url
    .replace(/^s3:\/\//, '')
    .replace(/\/$/, '')
    .split('/');

export const bucketOf = (url: string): string => parts(url)[0] ?? '';

/** @returns the path of the folder without a slash at its ends; empty for a whole bucket */
export const folderOf = (url: string): string => parts(url).slice(1).join('/');

export const bucketArn = (bucket: string) => sub(`arn:\${AWS::Partition}:s3:::${bucket}`);

/** All objects in the folder. */
export const objectsArn = (url: string) =>
  sub(`arn:\${AWS::Partition}:s3:::${[...parts(url), '*'].join('/')}`);
