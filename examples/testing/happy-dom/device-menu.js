/** A menu of cameras that follows what is plugged in. */
export async function deviceMenu(select) {
  const { mediaDevices } = navigator;
  const fill = async () => {
    const devices = await mediaDevices.enumerateDevices();
    const cameras = devices.filter(({ kind }) => kind === "videoinput");
    select.replaceChildren(
      ...cameras.map(({ deviceId, label }, index) => {
        const option = document.createElement("option");
        option.value = deviceId;
        option.textContent = label || `Camera ${index + 1}`;
        return option;
      }),
    );
  };
  mediaDevices.addEventListener("devicechange", fill);
  await fill();
}
