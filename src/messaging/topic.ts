import { brand } from '../shared/brand.js';
import { Publisher } from './publisher.js';
import type { TopicOptions } from './send-options.js';

/** Sends notifications to an SNS topic: `constructor(@InjectTopic('news') private readonly news: Topic<NewsItem>)`. */
export class Topic<T = unknown> extends Publisher<T, TopicOptions> {}
brand(Topic, 'Topic');
