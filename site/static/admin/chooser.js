/* Starts Wagtail's calendars and choosers from attributes; its own templates do it by
   inline script, which the admin's content security policy does not allow. */
(() => {
  "use strict";

  class ChooserController extends window.StimulusModule.Controller {
    static values = { start: String, new: Boolean, input: String, config: Object };

    connect() {
      // A node that is moved is connected again, and would get a second calendar.
      if (this.element.dataset.started) return;
      this.element.dataset.started = "true";
      const start = this.startValue
        .split(".")
        .reduce((owner, name) => owner[name], window);
      if (this.newValue) new start(this.inputValue, this.configValue);
      else start(this.inputValue, this.configValue);
    }
  }

  window.wagtail.app.register("xf-chooser", ChooserController);
})();
