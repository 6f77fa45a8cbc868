export { ApiError } from "../api/request";
