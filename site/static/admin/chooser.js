/* Starts Wagtail's calendars from attributes; its own templates do it by inline script,
   which the admin's content security policy does not allow. */
(() => {
  "use strict";

  class ChooserController extends window.StimulusModule.Controller {
    static values = { start: String, input: String, config: Object };

    connect() {
      const input = document.getElementById(this.inputValue);
      // A node that is moved is connected again, and would get a second calendar.
      if (!input || input.dataset.hasChooser) return;
      input.dataset.hasChooser = "true";
      window[this.startValue](this.inputValue, this.configValue);
    }
  }

  window.wagtail.app.register("xf-chooser", ChooserController);
})();
