import * as library from 'class-validator';
import {
  Allow,
  ArrayContains,
  ArrayMaxSize,
  ArrayMinSize,
  ArrayNotContains,
  ArrayNotEmpty,
  ArrayUnique,
  Contains,
  Equals,
  IsAlpha,
  IsAlphanumeric,
  IsArray,
  IsAscii,
  IsBase32,
  IsBase58,
  IsBase64,
  IsBIC,
  IsBoolean,
  IsBooleanString,
  IsBtcAddress,
  IsByteLength,
  IsCreditCard,
  IsCurrency,
  IsDataURI,
  IsDate,
  IsDateString,
  IsDecimal,
  IsDefined,
  IsDivisibleBy,
  IsEAN,
  IsEmail,
  IsEmpty,
  IsEnum,
  IsEthereumAddress,
  IsFirebasePushId,
  IsFQDN,
  IsFullWidth,
  IsHalfWidth,
  IsHash,
  IsHexadecimal,
  IsHexColor,
  IsHSL,
  IsIBAN,
  IsIdentityCard,
  IsIn,
  IsInstance,
  IsInt,
  IsIP,
  IsISBN,
  IsISIN,
  IsISO31661Alpha2,
  IsISO31661Alpha3,
  IsISO31661Numeric,
  IsISO4217CurrencyCode,
  IsISO6391,
  IsISO8601,
  IsISRC,
  IsISSN,
  IsJSON,
  IsJWT,
  IsLatitude,
  IsLatLong,
  IsLocale,
  IsLongitude,
  IsLowercase,
  IsMACAddress,
  IsMagnetURI,
  IsMilitaryTime,
  IsMimeType,
  IsMobilePhone,
  IsMongoId,
  IsMultibyte,
  IsNegative,
  IsNotEmpty,
  IsNotEmptyObject,
  IsNotIn,
  IsNumber,
  IsNumberString,
  IsObject,
  IsOctal,
  IsOptional,
  IsPassportNumber,
  IsPhoneNumber,
  IsPort,
  IsPositive,
  IsPostalCode,
  IsRFC3339,
  IsRgbColor,
  IsSemVer,
  IsString,
  IsStrongPassword,
  IsSurrogatePair,
  IsTaxId,
  IsTimeZone,
  IsUppercase,
  IsUrl,
  IsUUID,
  IsVariableWidth,
  Length,
  Matches,
  Max,
  MaxDate,
  MaxLength,
  Min,
  MinDate,
  MinLength,
  NotContains,
  NotEquals,
  registerDecorator,
  Validate,
  ValidateBy,
  ValidateIf,
  ValidateNested,
  ValidatePromise,
  type ValidationArguments,
  type ValidationOptions,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';

/** A decorator with arguments, and values that keep its rule. */
export interface Sample {
  readonly decorate: (options: ValidationOptions) => PropertyDecorator;
  readonly good: readonly unknown[];
}

const sample = (decorate: Sample['decorate'], ...good: unknown[]): Sample => ({ decorate, good });

enum Level {
  Low = 1,
  High = 2,
}

async function answerLater(answer: boolean, turns: number): Promise<boolean> {
  for (let turn = 0; turn < turns; turn++) await Promise.resolve();
  return answer;
}

@ValidatorConstraint({ name: 'even' })
class Even implements ValidatorConstraintInterface {
  readonly two = 2;
  validate(value: unknown): boolean {
    return Number(value) % this.two === 0;
  }
}

@ValidatorConstraint({ async: true })
class Free implements ValidatorConstraintInterface {
  validate(value: unknown, { constraints }: ValidationArguments): Promise<boolean> {
    return answerLater(value !== 'ada', (constraints as number[] | undefined)?.[0] ?? 1);
  }
  defaultMessage(): string {
    return '$property $value is taken';
  }
}

class NoConstraint implements ValidatorConstraintInterface {
  validate(): boolean {
    return false;
  }
}

@ValidatorConstraint({ name: 'likeName' })
class LikeName implements ValidatorConstraintInterface {
  validate(value: unknown, { object }: ValidationArguments): boolean {
    return (object as { name?: unknown }).name === value;
  }
  defaultMessage({ targetName }: ValidationArguments): string {
    return `${targetName}: $property is not name`;
  }
}

function registered(name: string, validator: ValidatorConstraintInterface | (new () => ValidatorConstraintInterface)) {
  return (options: ValidationOptions): PropertyDecorator =>
    (target, property) =>
      registerDecorator({
        name,
        target: target.constructor,
        propertyName: String(property),
        options,
        constraints: [1, 'x'],
        validator,
      });
}

/** Where a rule of one's own has the name of one of the library's. */
const strictEmail: ValidatorConstraintInterface = { validate: (value) => value === 'only@example.com' };

/** Every decorator of class-validator that says something of a property. */
export const SAMPLES: Readonly<Record<string, readonly Sample[]>> = {
  Allow: [sample(Allow, 1)],
  ArrayContains: [sample((o) => ArrayContains(['a'], o), ['a'])],
  ArrayMaxSize: [sample((o) => ArrayMaxSize(1, o), ['a'])],
  ArrayMinSize: [sample((o) => ArrayMinSize(1, o), ['a'])],
  ArrayNotContains: [sample((o) => ArrayNotContains(['x'], o), ['a'])],
  ArrayNotEmpty: [sample(ArrayNotEmpty, ['a'])],
  ArrayUnique: [sample(ArrayUnique, ['a']), sample((o) => ArrayUnique((one: unknown) => one, o), [1, 2])],
  Contains: [sample((o) => Contains('a', o), 'cat')],
  Equals: [sample((o) => Equals('a', o), 'a')],
  IsAlpha: [sample((o) => IsAlpha('de-DE', o), 'ä')],
  IsAlphanumeric: [sample((o) => IsAlphanumeric(undefined, o), 'a1')],
  IsArray: [sample(IsArray, [])],
  IsAscii: [sample(IsAscii, 'a')],
  IsBIC: [sample(IsBIC, 'DEUTDEFF')],
  IsBase32: [sample(IsBase32, 'ZG9n')],
  IsBase58: [sample(IsBase58, '4Fcj')],
  IsBase64: [sample((o) => IsBase64(undefined, o), 'aGVsbG8=')],
  IsBoolean: [sample(IsBoolean, true)],
  IsBooleanString: [sample(IsBooleanString, 'true')],
  IsBtcAddress: [sample(IsBtcAddress, '1MUz4VMYui5qY1mxUiG8BQ1Luv6tqkvaiL')],
  IsByteLength: [sample((o) => IsByteLength(1, 3, o), 'ab')],
  IsCreditCard: [sample(IsCreditCard, '4111111111111111')],
  IsCurrency: [sample((o) => IsCurrency({ symbol: '€' }, o), '€1.00')],
  IsDataURI: [sample(IsDataURI, 'data:text/plain,a')],
  IsDate: [sample(IsDate, new Date(0))],
  IsDateString: [sample((o) => IsDateString({ strict: true }, o), '2024-01-02')],
  IsDecimal: [sample((o) => IsDecimal({ decimal_digits: '1' }, o), '1.5')],
  IsDefined: [sample(IsDefined, 0)],
  IsDivisibleBy: [sample((o) => IsDivisibleBy(5, o), 10)],
  IsEAN: [sample(IsEAN, '73513537')],
  IsEmail: [
    sample((o) => IsEmail(undefined, o), 'ada@example.com', 'a+b@x-y.co'),
    sample((o) => IsEmail({ host_blacklist: ['example.com'] }, o), 'ada@example.org'),
    sample(registered('isEmail', strictEmail), 'only@example.com'),
  ],
  IsEmpty: [sample(IsEmpty, '')],
  IsEnum: [sample((o) => IsEnum(Level, o), 1)],
  IsEthereumAddress: [sample(IsEthereumAddress, '0x0000000000000000000000000000000000000001')],
  IsFQDN: [sample((o) => IsFQDN(undefined, o), 'example.com')],
  IsFirebasePushId: [sample(IsFirebasePushId, '-M-Jh_1KAH5rYJF_7-kY')],
  IsFullWidth: [sample(IsFullWidth, 'ア')],
  IsHSL: [sample(IsHSL, 'hsl(1,2%,3%)')],
  IsHalfWidth: [sample(IsHalfWidth, 'a')],
  IsHash: [sample((o) => IsHash('crc32', o), 'cbf43926')],
  IsHexColor: [sample(IsHexColor, '#fff')],
  IsHexadecimal: [sample(IsHexadecimal, 'ff')],
  IsIBAN: [sample((o) => IsIBAN(undefined, o), 'DE89370400440532013000')],
  IsIP: [sample((o) => IsIP(4, o), '127.0.0.1')],
  IsISBN: [sample((o) => IsISBN('10', o), '3836221195')],
  IsISIN: [sample(IsISIN, 'AU0000XVGZA3')],
  IsISO31661Alpha2: [sample(IsISO31661Alpha2, 'DE')],
  IsISO31661Alpha3: [sample(IsISO31661Alpha3, 'DEU')],
  IsISO31661Numeric: [sample(IsISO31661Numeric, '276')],
  IsISO4217CurrencyCode: [sample(IsISO4217CurrencyCode, 'EUR')],
  IsISO6391: [sample(IsISO6391, 'de')],
  IsISO8601: [sample((o) => IsISO8601({ strict: true }, o), '2024-02-29')],
  IsISRC: [sample(IsISRC, 'USAT29900609')],
  IsISSN: [sample((o) => IsISSN({ require_hyphen: true }, o), '0378-5955')],
  IsIdentityCard: [sample((o) => IsIdentityCard('ES', o), '99999999R')],
  IsIn: [sample((o) => IsIn(['a', 1], o), 'a', 1)],
  IsInstance: [sample((o) => IsInstance(Date, o), new Date(0))],
  IsInt: [sample(IsInt, 1)],
  IsJSON: [sample(IsJSON, '{}')],
  IsJWT: [sample(IsJWT, 'eyJhbGciOiJIUzI1NiJ9.e30.c2ln')],
  IsLatLong: [sample(IsLatLong, '1.5,2.5')],
  IsLatitude: [sample(IsLatitude, 12.5)],
  IsLocale: [sample(IsLocale, 'de_DE')],
  IsLongitude: [sample(IsLongitude, '12.5')],
  IsLowercase: [sample(IsLowercase, 'a')],
  IsMACAddress: [sample((o) => IsMACAddress({ no_separators: true }, o), '0a1b2c3d4e5f')],
  IsMagnetURI: [sample(IsMagnetURI, 'magnet:?xt=urn:btih:c12fe1c06bba254a9dc9f519b335aa7c1367a88a')],
  IsMilitaryTime: [sample(IsMilitaryTime, '12:30')],
  IsMimeType: [sample(IsMimeType, 'text/plain')],
  IsMobilePhone: [sample((o) => IsMobilePhone('de-DE', {}, o), '+4915112345678')],
  IsMongoId: [sample(IsMongoId, '507f1f77bcf86cd799439011')],
  IsMultibyte: [sample(IsMultibyte, 'ä')],
  IsNegative: [sample(IsNegative, -1)],
  IsNotEmpty: [sample(IsNotEmpty, 'a')],
  IsNotEmptyObject: [sample((o) => IsNotEmptyObject({ nullable: true }, o), { a: 1 })],
  IsNotIn: [sample((o) => IsNotIn(['x'], o), 'a')],
  IsNumber: [
    sample((o) => IsNumber({}, o), 1.5),
    sample((o) => IsNumber({ maxDecimalPlaces: 2, allowNaN: true }, o), 1.25),
  ],
  IsNumberString: [sample((o) => IsNumberString({ no_symbols: true }, o), '12')],
  IsObject: [sample(IsObject, {})],
  IsOctal: [sample(IsOctal, '0o7')],
  IsOptional: [sample(IsOptional, undefined, null)],
  IsPassportNumber: [sample((o) => IsPassportNumber('DE', o), 'C01X00T47')],
  IsPhoneNumber: [sample((o) => IsPhoneNumber('DE', o), '+4915112345678')],
  IsPort: [sample(IsPort, '8080')],
  IsPositive: [sample(IsPositive, 1)],
  IsPostalCode: [sample((o) => IsPostalCode('DE', o), '10115')],
  IsRFC3339: [sample(IsRFC3339, '2024-01-02T03:04:05Z')],
  IsRgbColor: [sample((o) => IsRgbColor(true, o), 'rgb(1,2,3)')],
  IsSemVer: [sample(IsSemVer, '1.2.3')],
  IsString: [sample(IsString, 'a')],
  IsStrongPassword: [sample((o) => IsStrongPassword({ minLength: 4 }, o), 'aA1!')],
  IsSurrogatePair: [sample(IsSurrogatePair, '😀')],
  IsTaxId: [sample((o) => IsTaxId('de-DE', o), '12345678903')],
  IsTimeZone: [sample(IsTimeZone, 'Europe/Berlin')],
  IsUUID: [sample((o) => IsUUID(4, o), '6f1c1f3e-7a0f-4f0e-9a52-7d0f5e7b6a11')],
  IsUppercase: [sample(IsUppercase, 'A')],
  IsUrl: [sample((o) => IsUrl(undefined, o), 'https://example.com/a?b=c')],
  IsVariableWidth: [sample(IsVariableWidth, 'aア')],
  Length: [sample((o) => Length(1, 3, o), 'ab', '😀')],
  Matches: [sample((o) => Matches(/^[A-Z]{3}-\d+$/, o), 'ABC-1'), sample((o) => Matches('^a', 'i', o), 'Abc')],
  Max: [sample((o) => Max(5, o), 5)],
  MaxDate: [sample((o) => MaxDate(new Date(1e12), o), new Date(0))],
  MaxLength: [sample((o) => MaxLength(3, o), 'ab')],
  Min: [sample((o) => Min(1, o), 1)],
  MinDate: [sample((o) => MinDate(() => new Date(0), o), new Date(1))],
  MinLength: [sample((o) => MinLength(2, o), 'ab')],
  NotContains: [sample((o) => NotContains('x', o), 'a')],
  NotEquals: [sample((o) => NotEquals('x', o), 'a')],
  Validate: [
    sample((o) => Validate(Even, o), 2),
    sample((o) => Validate(Free, [3], o), 'bob'),
    sample((o) => Validate(NoConstraint, o), 1),
    sample((o) => Validate(LikeName, [], o), 'a'),
    sample(registered('likeName', LikeName), 'a'),
  ],
  ValidateBy: [
    sample(
      (o) =>
        ValidateBy(
          {
            name: 'isFree',
            validator: { validate: (value) => answerLater(value !== 'ada', 2), defaultMessage: () => '$value taken' },
          },
          o,
        ),
      'bob',
    ),
    sample((o) => ValidateBy({ name: 'silent', validator: { validate: (value) => value === 'a' } }, o), 'a'),
    sample(
      (o) =>
        ValidateBy(
          {
            name: 'sometimes',
            validator: { validate: (value) => (value === 'a' ? true : answerLater(value === 1, 1)) },
          },
          o,
        ),
      'a',
      1,
    ),
    sample(
      (o) =>
        ValidateBy(
          {
            name: 'truthy',
            constraints: [Symbol('so'), ['a', 'b']],
            validator: { validate: (value) => value as boolean },
          },
          o,
        ),
      'a',
    ),
    sample(
      (o) =>
        ValidateBy(
          {
            name: 'throws',
            validator: {
              validate: (value) => {
                if (value === 'x') throw new Error('broken rule');
                return true;
              },
            },
          },
          o,
        ),
      'a',
    ),
    sample(
      (o) =>
        ValidateBy(
          {
            name: 'rejects',
            validator: {
              validate: async (value) => {
                if (value === 'x') throw new Error('broken rule');
                return true;
              },
            },
          },
          o,
        ),
      'a',
    ),
  ],
  ValidateIf: [
    sample((o) => ValidateIf((object: { name?: unknown }, value) => object.name !== 'x' && value !== 1, o), 1),
  ],
  ValidateNested: [sample(ValidateNested, {}, [])],
  ValidatePromise: [sample(ValidatePromise, 1)],
};

const NO_DECORATORS = new Set([
  'MetadataStorage',
  'ValidationError',
  'ValidationTypes',
  'Validator',
  'ValidatorConstraint',
]);

/** The names of what class-validator exports as decorators of properties. */
export const DECORATORS: readonly string[] = Object.entries(library)
  .filter(([name, value]) => typeof value === 'function' && /^[A-Z]/.test(name) && !NO_DECORATORS.has(name))
  .map(([name]) => name);
