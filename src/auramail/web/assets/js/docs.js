// Shows the OpenAPI description with Swagger UI, which the page loads before this file.
const root = document.getElementById("swagger-ui");

window.SwaggerUIBundle({ url: root.dataset.spec, domNode: root, deepLinking: true, validatorUrl: null });
