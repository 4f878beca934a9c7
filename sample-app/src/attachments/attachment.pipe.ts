import {
  type DescribedPipe,
  type FormFile,
  type InputDescription,
  UnsupportedMediaTypeException,
  ValidationException,
} from 'lambent';
import { isAttachmentName } from './attachment.js';

const MEDIA_TYPES = ['application/pdf', 'image/jpeg', 'image/png', 'text/csv', 'text/plain'];

/** Accepts files that may be attached to an order. */
export class AttachmentPipe implements DescribedPipe {
  describeInput(): InputDescription {
    return { schema: { description: `One of ${MEDIA_TYPES.join(', ')}.` }, refusal: 422 };
  }

  transform(file: FormFile): FormFile {
    if (!isAttachmentName(file.filename)) {
      const msg = 'the name must be letters, digits, ".", "_" and "-", at most 100';
      throw new ValidationException([{ loc: ['body', 'file'], msg, type: 'name' }]);
    }
    if (!MEDIA_TYPES.includes(file.mediaType)) {
      throw new UnsupportedMediaTypeException(
        `A file has to be one of ${MEDIA_TYPES.join(', ')}, not ${file.mediaType}`,
      );
    }
    return file;
  }
}
