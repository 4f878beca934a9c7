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
    return { schema: { description: `One of ${MEDIA_TYPES.join(', ')}.` }, required: true, refusal: 422 };
  }

  transform(file: FormFile | undefined): FormFile {
    if (!file) throw refusal('the form must have a file in the field "file"', 'required');
    if (!isAttachmentName(file.filename))
      throw refusal('the name must be letters, digits, ".", "_" and "-", at most 100', 'name');
    if (!MEDIA_TYPES.includes(file.mediaType)) {
      throw new UnsupportedMediaTypeException(
        `A file has to be one of ${MEDIA_TYPES.join(', ')}, not ${file.mediaType}`,
      );
    }
    return file;
  }
}

function refusal(msg: string, type: string): ValidationException {
  return new ValidationException([{ loc: ['body', 'file'], msg, type }]);
}
