// Beside the results there is room for the filters; above them, on a phone, they stay folded.
const filters = document.querySelector(".recherche-facettes");
if (filters && matchMedia("(min-width: 60rem)").matches) filters.open = true;
