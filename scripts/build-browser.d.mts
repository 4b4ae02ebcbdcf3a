export declare const browserFiles: { readonly module: string; readonly script: string };
export declare function buildBrowser(directory: string): Promise<void>;
