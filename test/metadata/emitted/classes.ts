// Compiled by every compiler that emits parameter types, with both meanings of a property; imports nothing, so that it runs anywhere.
const Decorated: ClassDecorator = () => undefined;
class Dependency {}
const own = new Dependency();

@Decorated
class Parent {
  constructor(readonly dependency: Dependency) {}
}

class Plain extends Parent {}
class PlainWithProperties extends Parent {
  readonly first = '{';
  readonly #second = 'constructor(';
  get second(): string {
    return this.#second;
  }
}
@Decorated
class Marked extends Parent {}
@Decorated
class MarkedWithProperty extends Parent {
  readonly first = 1;
}
class Spreading extends Parent {
  readonly first = 1;
  constructor(...args: ConstructorParameters<typeof Parent>) {
    super(...args);
  }
}
@Decorated
class MarkedSpreading extends Parent {
  constructor(...args: ConstructorParameters<typeof Parent>) {
    super(...args);
  }
}

/** Take what their parent takes. */
export const inheriting = [Plain, PlainWithProperties, Marked, MarkedWithProperty, Spreading, MarkedSpreading];

class Empty extends Parent {
  constructor() {
    super(own);
  }
}
class EmptyWithProperty extends Parent {
  readonly first = 1;
  constructor() {
    super(own);
  }
}
@Decorated
class MarkedEmpty extends Parent {
  constructor() {
    super(own);
  }
}
@Decorated
class MarkedDefault extends Parent {
  constructor(dependency = own) {
    super(dependency);
  }
}

/** Say themselves what they take. */
export const declaring = [Parent, Empty, EmptyWithProperty, MarkedEmpty, MarkedDefault];

export { Parent };
