/**
 * FFmpeg's demuxers that read the file that they are given and nothing else. Those that are left out
 * open what a file's text names (`concat`, `hls`, `dash`, `sdp`, `imf`, `vobsub`), take a name for a
 * pattern of many files (`image2`), run a script (`lavfi`, `avisynth`), or draw text (`tty`).
 */
export const SELF_CONTAINED_FORMATS: readonly string[] = [
  // Pictures and sound
  ...["matroska", "webm", "mov", "mp4", "m4a", "3gp", "3g2", "mj2", "avi", "flv", "live_flv"],
  ...["mpeg", "mpegts", "mpegvideo", "ogg", "asf", "mxf", "nut", "rm", "dv", "gxf", "wtv", "swf"],
  ...["h264", "hevc", "vvc", "m4v", "h263", "av1", "obu", "ivf", "vc1", "dirac", "cavsvideo"],
  ...["yuv4mpegpipe", "mjpeg", "mjpeg_2000", "mpjpeg", "gif", "apng", "webp_anim"],
  // Sound
  ...["wav", "w64", "aiff", "caf", "au", "flac", "mp3", "aac", "loas", "ac3", "eac3", "dts"],
  ...["dtshd", "truehd", "mlp", "amr", "amrnb", "amrwb", "ape", "tta", "tak", "wv", "mpc", "mpc8"],
  ...["oma", "voc", "sox", "shn", "qcp", "dsf", "iff", "gsm", "sbc", "aptx", "xwma"],
  // Still pictures
  ...["jpeg_pipe", "jpegls_pipe", "jpegxl_pipe", "j2k_pipe", "png_pipe", "webp_pipe", "bmp_pipe"],
  ...["tiff_pipe", "ppm_pipe", "pgm_pipe", "pbm_pipe", "pam_pipe", "pgmyuv_pipe", "exr_pipe"],
  ...["dpx_pipe", "dds_pipe", "psd_pipe", "qoi_pipe", "hdr_pipe", "sgi_pipe", "sunrast_pipe"],
  ...["pcx_pipe", "pictor_pipe", "xbm_pipe", "xpm_pipe", "gif_pipe", "ico"],
];
