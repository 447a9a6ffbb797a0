/** A queue that also takes at its front; nothing moves at a shift. */
export class Deque<T> {
  private front: T[] = [];
  private back: T[] = [];
  private head = 0;

  get size(): number {
    return this.front.length + this.back.length - this.head;
  }

  get first(): T | undefined {
    return this.front.length > 0 ? this.front[this.front.length - 1] : this.back[this.head];
  }

  push(item: T): void {
    this.back.push(item);
  }

  unshift(item: T): void {
    this.front.push(item);
  }

  shift(): T | undefined {
    if (this.front.length > 0) return this.front.pop();
    const item = this.back[this.head];
    if (this.head < this.back.length) this.head += 1;
    if (this.head === this.back.length || this.head >= 1_024) {
      this.back = this.back.slice(this.head);
      this.head = 0;
    }
    return item;
  }

  /** Takes all, in order. */
  drain(): readonly T[] {
    const all = [...this.front.reverse(), ...this.back.slice(this.head)];
    this.front = [];
    this.back = [];
    this.head = 0;
    return all;
  }
}
