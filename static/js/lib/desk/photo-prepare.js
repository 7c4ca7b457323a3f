/** A photo as it is sent: upright and no larger than it is kept, where this browser can do that. */

const MOST = 4_096;
const QUALITY = 0.9;
const TYPE = "image/jpeg";

/** A smaller JPEG of a large picture; the file itself where it is small or cannot be read here. */
export async function prepared(file) {
  let bitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    // The server reads more kinds than browsers do.
    return file;
  }
  const scale = MOST / Math.max(bitmap.width, bitmap.height);
  try {
    return scale < 1 ? await drawn(bitmap, scale) : file;
  } catch {
    return file;
  } finally {
    bitmap.close();
  }
}

function drawn(bitmap, scale) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  const pen = canvas.getContext("2d");
  pen.imageSmoothingQuality = "high";
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return jpegOf(canvas);
}

/** What a canvas shows, as a JPEG. */
export function jpegOf(canvas) {
  return new Promise((resolve, reject) => {
    const take = (blob) => (blob ? resolve(blob) : reject(new Error("no picture came out")));
    canvas.toBlob(take, TYPE, QUALITY);
  });
}

/** The SHA-256 of what is sent, as hexadecimal digits; "" where this browser cannot say. */
export async function hashOf(blob) {
  if (!crypto.subtle) return "";
  const digest = await crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
