// A sigma that moves its last picture while a new one would take too long.

/** @returns {any} the class; see the private parts of sigma 3 that it names */
export function lazySigma() {
  return class extends hudnaSigma.Sigma {
    // Takes another graph, and draws it with the next picture instead of at once.
    setGraph(graph) {
      this.holding = true;
      super.setGraph(graph);
      this.holding = false;
    }

    render() {
      return this.holding ? this.scheduleRender() : super.render();
    }

    scheduleRender() {
      const rest = this.holding ? 0 : this.rest?.();
      if (!rest) return super.scheduleRender();
      this.shifting ??= requestAnimationFrame(() => {
        this.shifting = null;
        this.shift();
      });
      clearTimeout(this.resting);
      this.resting = setTimeout(() => super.scheduleRender(), rest);
      return this;
    }

    kill() {
      clearTimeout(this.resting);
      cancelAnimationFrame(this.shifting);
      super.kill();
    }
  };
}
