// DirectShow devices for tests: two cameras and a microphone as one in-process COM server.
//
// Camera 1 shows red on the left and green on the right, camera 2 blue and grey. The microphone
// plays 440 Hz. While a file C:\usermedia-still exists, the cameras deliver nothing. Modes and their intervals (x 100 ns) are those of USB cameras on Windows.
#include <windows.h>
#include <dshow.h>
#include <initguid.h>
#include <ks.h>
#include <ksmedia.h>
#include <ksproxy.h>

#include <cmath>
#include <cstdlib>
#include <cwchar>
#include <vector>

DEFINE_GUID(CLSID_Camera1, 0x6c1b0e01, 0x4f3a, 0x4d70, 0x8b, 0x11, 0x75, 0x6d, 0x74, 0x65, 0x73, 0x01);
DEFINE_GUID(CLSID_Camera2, 0x6c1b0e02, 0x4f3a, 0x4d70, 0x8b, 0x11, 0x75, 0x6d, 0x74, 0x65, 0x73, 0x02);
DEFINE_GUID(CLSID_Microphone, 0x6c1b0e03, 0x4f3a, 0x4d70, 0x8b, 0x11, 0x75, 0x6d, 0x74, 0x65, 0x73, 0x03);

static const DWORD YUY2 = MAKEFOURCC('Y', 'U', 'Y', '2');
static const GUID SUBTYPE_YUY2 = {YUY2, 0, 0x10, {0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71}};

struct VideoMode {
  long width, height;
  LONGLONG shortest, longest;
};
static const VideoMode VIDEO_MODES[] = {
    {640, 480, 333333, 2000000},
    {320, 240, 166667, 2000000},
};

struct AudioMode {
  DWORD rate;
  WORD channels;
};
static const AudioMode AUDIO_MODES[] = {{96000, 2}, {48000, 2}, {44100, 2}, {48000, 1}};

struct Colour {
  BYTE y, u, v;
};
static const Colour RED = {81, 90, 240}, GREEN = {145, 54, 34}, BLUE = {41, 240, 110},
                    GREY = {128, 128, 128};

static bool exists(const char *path) {
  return GetFileAttributesA(path) != INVALID_FILE_ATTRIBUTES;
}

static LONGLONG now100ns() {
  LARGE_INTEGER ticks, frequency;
  QueryPerformanceCounter(&ticks);
  QueryPerformanceFrequency(&frequency);
  return (LONGLONG)(ticks.QuadPart * 1e7 / frequency.QuadPart);
}

// --- Media types -------------------------------------------------------------------------------

static void copyType(AM_MEDIA_TYPE *to, const AM_MEDIA_TYPE *from) {
  *to = *from;
  to->pbFormat = (BYTE *)CoTaskMemAlloc(from->cbFormat);
  memcpy(to->pbFormat, from->pbFormat, from->cbFormat);
}

static AM_MEDIA_TYPE *newType(const AM_MEDIA_TYPE &from) {
  auto *type = (AM_MEDIA_TYPE *)CoTaskMemAlloc(sizeof(AM_MEDIA_TYPE));
  copyType(type, &from);
  return type;
}

template <typename Format>
static AM_MEDIA_TYPE makeType(const GUID &major, const GUID &sub, const GUID &kind, ULONG size,
                              const Format &format) {
  AM_MEDIA_TYPE type = {};
  type.majortype = major;
  type.subtype = sub;
  type.formattype = kind;
  type.bFixedSizeSamples = TRUE;
  type.lSampleSize = size;
  type.cbFormat = sizeof(Format);
  type.pbFormat = (BYTE *)CoTaskMemAlloc(sizeof(Format));
  memcpy(type.pbFormat, &format, sizeof(Format));
  return type;
}

static AM_MEDIA_TYPE videoType(const VideoMode &mode) {
  VIDEOINFOHEADER format = {};
  format.AvgTimePerFrame = mode.shortest;
  format.bmiHeader = {sizeof(BITMAPINFOHEADER), mode.width, mode.height, 1, 16, YUY2,
                      (DWORD)(mode.width * mode.height * 2), 0, 0, 0, 0};
  return makeType(MEDIATYPE_Video, SUBTYPE_YUY2, FORMAT_VideoInfo, format.bmiHeader.biSizeImage,
                  format);
}

static AM_MEDIA_TYPE audioType(const AudioMode &mode) {
  WORD block = mode.channels * 2;
  WAVEFORMATEX format = {WAVE_FORMAT_PCM, mode.channels, mode.rate, mode.rate * block, block, 16, 0};
  return makeType(MEDIATYPE_Audio, MEDIASUBTYPE_PCM, FORMAT_WaveFormatEx, block, format);
}

// --- COM ---------------------------------------------------------------------------------------

template <typename Interface>
struct Counted : Interface {
  LONG references = 1;
  virtual ~Counted() = default;
  STDMETHODIMP_(ULONG) AddRef() override { return InterlockedIncrement(&references); }
  STDMETHODIMP_(ULONG) Release() override {
    LONG left = InterlockedDecrement(&references);
    if (left == 0) delete this;
    return left;
  }
};

template <typename Interface, typename... Bases>
static HRESULT answer(Interface *self, REFIID asked, void **out, const Bases &...known) {
  bool is = asked == IID_IUnknown || (... || (asked == known));
  *out = is ? self : nullptr;
  if (is) self->AddRef();
  return is ? S_OK : E_NOINTERFACE;
}

struct Filter;

/** The one output of a device: its modes, its connection, and the thread that delivers. */
struct Pin : IPin, IAMStreamConfig, IKsPropertySet, IAMBufferNegotiation {
  Filter *filter;
  std::vector<AM_MEDIA_TYPE> types;
  AM_MEDIA_TYPE current;
  IPin *peer = nullptr;
  IMemInputPin *sink = nullptr;
  IMemAllocator *allocator = nullptr;
  HANDLE thread = nullptr;
  volatile LONG stopping = 0;
  long wantedBytes = 0;

  Pin(Filter *owner, bool isCamera) : filter(owner) {
    if (isCamera)
      for (auto &mode : VIDEO_MODES) types.push_back(videoType(mode));
    else
      for (auto &mode : AUDIO_MODES) types.push_back(audioType(mode));
    copyType(&current, &types[0]);
  }
  ~Pin() {
    for (auto &type : types) CoTaskMemFree(type.pbFormat);
    CoTaskMemFree(current.pbFormat);
  }

  bool isVideo() const { return current.majortype == MEDIATYPE_Video; }
  VIDEOINFOHEADER *video() const { return (VIDEOINFOHEADER *)current.pbFormat; }
  WAVEFORMATEX *wave() const { return (WAVEFORMATEX *)current.pbFormat; }
  long bytes() const {
    if (isVideo()) return current.lSampleSize;
    return wantedBytes > 0 ? wantedBytes : wave()->nAvgBytesPerSec / 2;
  }

  const VideoMode *videoMode(const AM_MEDIA_TYPE *type) const {
    if (type->formattype != FORMAT_VideoInfo || !type->pbFormat) return nullptr;
    auto &size = ((VIDEOINFOHEADER *)type->pbFormat)->bmiHeader;
    for (auto &mode : VIDEO_MODES)
      if (mode.width == size.biWidth && mode.height == std::labs(size.biHeight)) return &mode;
    return nullptr;
  }
  bool has(const AM_MEDIA_TYPE *type) const {
    if (type->majortype != current.majortype || !type->pbFormat) return false;
    if (isVideo()) {
      auto *mode = videoMode(type);
      LONGLONG interval = ((VIDEOINFOHEADER *)type->pbFormat)->AvgTimePerFrame;
      return mode && interval >= mode->shortest && interval <= mode->longest;
    }
    auto *asked = (WAVEFORMATEX *)type->pbFormat;
    for (auto &mode : AUDIO_MODES)
      if (mode.rate == asked->nSamplesPerSec && mode.channels == asked->nChannels &&
          asked->wBitsPerSample == 16)
        return true;
    return false;
  }

  STDMETHODIMP QueryInterface(REFIID id, void **out) override {
    if (id == IID_IAMStreamConfig) return answer((IAMStreamConfig *)this, id, out, id);
    if (id == IID_IKsPropertySet) return answer((IKsPropertySet *)this, id, out, id);
    if (id == IID_IAMBufferNegotiation && !isVideo())
      return answer((IAMBufferNegotiation *)this, id, out, id);
    return answer((IPin *)this, id, out, IID_IPin);
  }
  // It lives and ends with its filter.
  STDMETHODIMP_(ULONG) AddRef() override;
  STDMETHODIMP_(ULONG) Release() override;

  // IPin
  STDMETHODIMP Connect(IPin *to, const AM_MEDIA_TYPE *) override {
    if (peer) return VFW_E_ALREADY_CONNECTED;
    HRESULT result = to->ReceiveConnection(this, &current);
    if (FAILED(result)) return result;
    result = to->QueryInterface(IID_IMemInputPin, (void **)&sink);
    if (SUCCEEDED(result) && FAILED(sink->GetAllocator(&allocator)))
      result = CoCreateInstance(CLSID_MemoryAllocator, nullptr, CLSCTX_INPROC_SERVER,
                                IID_IMemAllocator, (void **)&allocator);
    if (SUCCEEDED(result)) {
      ALLOCATOR_PROPERTIES wanted = {4, bytes(), 1, 0}, given;
      result = allocator->SetProperties(&wanted, &given);
    }
    if (FAILED(result)) {
      to->Disconnect();
      return result;
    }
    sink->NotifyAllocator(allocator, FALSE);
    peer = to;
    peer->AddRef();
    return S_OK;
  }
  STDMETHODIMP ReceiveConnection(IPin *, const AM_MEDIA_TYPE *) override { return E_UNEXPECTED; }
  STDMETHODIMP Disconnect() override {
    if (!peer) return S_FALSE;
    halt();
    allocator->Decommit();
    allocator->Release();
    sink->Release();
    peer->Release();
    allocator = nullptr;
    sink = nullptr;
    peer = nullptr;
    return S_OK;
  }
  STDMETHODIMP ConnectedTo(IPin **out) override {
    *out = peer;
    if (!peer) return VFW_E_NOT_CONNECTED;
    peer->AddRef();
    return S_OK;
  }
  STDMETHODIMP ConnectionMediaType(AM_MEDIA_TYPE *out) override {
    if (!peer) return VFW_E_NOT_CONNECTED;
    copyType(out, &current);
    return S_OK;
  }
  STDMETHODIMP QueryPinInfo(PIN_INFO *out) override;
  STDMETHODIMP QueryDirection(PIN_DIRECTION *out) override {
    *out = PINDIR_OUTPUT;
    return S_OK;
  }
  STDMETHODIMP QueryId(LPWSTR *out) override {
    *out = (LPWSTR)CoTaskMemAlloc(sizeof L"Capture");
    wcscpy(*out, L"Capture");
    return S_OK;
  }
  STDMETHODIMP QueryAccept(const AM_MEDIA_TYPE *type) override { return has(type) ? S_OK : S_FALSE; }
  STDMETHODIMP EnumMediaTypes(IEnumMediaTypes **out) override;
  STDMETHODIMP QueryInternalConnections(IPin **, ULONG *) override { return E_NOTIMPL; }
  STDMETHODIMP EndOfStream() override { return E_UNEXPECTED; }
  STDMETHODIMP BeginFlush() override { return E_UNEXPECTED; }
  STDMETHODIMP EndFlush() override { return E_UNEXPECTED; }
  STDMETHODIMP NewSegment(REFERENCE_TIME, REFERENCE_TIME, double) override { return S_OK; }

  // IAMStreamConfig
  STDMETHODIMP SetFormat(AM_MEDIA_TYPE *type) override {
    if (!has(type)) return VFW_E_INVALIDMEDIATYPE;
    CoTaskMemFree(current.pbFormat);
    copyType(&current, type);
    if (isVideo()) current.lSampleSize = video()->bmiHeader.biWidth * std::labs(video()->bmiHeader.biHeight) * 2;
    return S_OK;
  }
  STDMETHODIMP GetFormat(AM_MEDIA_TYPE **out) override {
    *out = newType(current);
    return S_OK;
  }
  STDMETHODIMP GetNumberOfCapabilities(int *count, int *size) override {
    *count = (int)types.size();
    *size = isVideo() ? sizeof(VIDEO_STREAM_CONFIG_CAPS) : sizeof(AUDIO_STREAM_CONFIG_CAPS);
    return S_OK;
  }
  STDMETHODIMP GetStreamCaps(int index, AM_MEDIA_TYPE **out, BYTE *memory) override {
    if (index < 0 || index >= (int)types.size()) return S_FALSE;
    *out = newType(types[index]);
    if (isVideo()) {
      auto &mode = VIDEO_MODES[index];
      auto &caps = *(VIDEO_STREAM_CONFIG_CAPS *)memory;
      caps = {};
      caps.guid = FORMAT_VideoInfo;
      SIZE size = {mode.width, mode.height};
      caps.InputSize = caps.MinCroppingSize = caps.MaxCroppingSize = size;
      caps.MinOutputSize = caps.MaxOutputSize = size;
      caps.MinFrameInterval = mode.shortest;
      caps.MaxFrameInterval = mode.longest;
    } else {
      auto &mode = AUDIO_MODES[index];
      *(AUDIO_STREAM_CONFIG_CAPS *)memory = {MEDIATYPE_Audio, mode.channels, mode.channels, 1, 16,
                                             16, 8, mode.rate, mode.rate, 1};
    }
    return S_OK;
  }

  // IKsPropertySet: says that this is a capture pin
  STDMETHODIMP Set(REFGUID, DWORD, void *, DWORD, void *, DWORD) override { return E_NOTIMPL; }
  STDMETHODIMP Get(REFGUID set, DWORD, void *, DWORD, void *out, DWORD size, DWORD *got) override {
    if (set != AMPROPSETID_Pin) return E_PROP_SET_UNSUPPORTED;
    if (out && size >= sizeof(GUID)) *(GUID *)out = PIN_CATEGORY_CAPTURE;
    if (got) *got = sizeof(GUID);
    return S_OK;
  }
  STDMETHODIMP QuerySupported(REFGUID set, DWORD, DWORD *support) override {
    if (set != AMPROPSETID_Pin) return E_PROP_SET_UNSUPPORTED;
    if (support) *support = KSPROPERTY_SUPPORT_GET;
    return S_OK;
  }

  // IAMBufferNegotiation
  STDMETHODIMP SuggestAllocatorProperties(const ALLOCATOR_PROPERTIES *wanted) override {
    wantedBytes = wanted->cbBuffer;
    return S_OK;
  }
  STDMETHODIMP GetAllocatorProperties(ALLOCATOR_PROPERTIES *out) override {
    return allocator ? allocator->GetProperties(out) : E_FAIL;
  }

  void run() {
    if (thread || !peer) return;
    stopping = 0;
    allocator->Commit();
    thread = CreateThread(
        nullptr, 0, [](void *self) -> DWORD { return ((Pin *)self)->deliver(), 0; }, this, 0, nullptr);
  }
  void halt() {
    if (!thread) return;
    InterlockedExchange(&stopping, 1);
    allocator->Decommit();
    WaitForSingleObject(thread, 5000);
    CloseHandle(thread);
    thread = nullptr;
  }
  void deliver() {
    LONGLONG start = now100ns();
    LONGLONG length = isVideo() ? video()->AvgTimePerFrame
                                : (LONGLONG)(1e7 * bytes() / wave()->nAvgBytesPerSec);
    for (LONGLONG count = 0; !stopping; count++) {
      // A picture is there at its time, sound when its last sample was heard.
      LONGLONG due = start + (count + (isVideo() ? 0 : 1)) * length;
      while (!stopping && (now100ns() < due || (isVideo() && exists("C:\\usermedia-still")))) Sleep(1);
      IMediaSample *sample = nullptr;
      if (stopping || FAILED(allocator->GetBuffer(&sample, nullptr, nullptr, 0))) return;
      BYTE *data;
      sample->GetPointer(&data);
      if (isVideo()) paint(data);
      else play(data, count);
      sample->SetActualDataLength(bytes());
      REFERENCE_TIME from = count * length, to = from + length;
      sample->SetTime(&from, &to);
      sample->SetSyncPoint(TRUE);
      HRESULT result = sink->Receive(sample);
      sample->Release();
      if (result != S_OK) return;
    }
  }
  void paint(BYTE *data) const;
  void play(BYTE *data, LONGLONG count) const {
    long frames = bytes() / wave()->nBlockAlign;
    for (long frame = 0; frame < frames; frame++) {
      double seconds = (double)(count * frames + frame) / wave()->nSamplesPerSec;
      short sample = (short)(16384 * std::sin(2 * 3.14159265358979 * 440 * seconds));
      for (int channel = 0; channel < wave()->nChannels; channel++) {
        memcpy(data, &sample, 2);
        data += 2;
      }
    }
  }
};

struct TypeList : Counted<IEnumMediaTypes> {
  Pin *pin;
  ULONG at = 0;
  explicit TypeList(Pin *of) : pin(of) { pin->AddRef(); }
  ~TypeList() override { pin->Release(); }
  STDMETHODIMP QueryInterface(REFIID id, void **out) override {
    return answer(this, id, out, IID_IEnumMediaTypes);
  }
  STDMETHODIMP Next(ULONG count, AM_MEDIA_TYPE **out, ULONG *got) override {
    ULONG given = 0;
    while (given < count && at < pin->types.size()) out[given++] = newType(pin->types[at++]);
    if (got) *got = given;
    return given == count ? S_OK : S_FALSE;
  }
  STDMETHODIMP Skip(ULONG count) override { return (at += count) <= pin->types.size() ? S_OK : S_FALSE; }
  STDMETHODIMP Reset() override { return at = 0, S_OK; }
  STDMETHODIMP Clone(IEnumMediaTypes **out) override {
    auto *copy = new TypeList(pin);
    copy->at = at;
    *out = copy;
    return S_OK;
  }
};

struct PinList : Counted<IEnumPins> {
  Pin *pin;
  bool isDone = false;
  explicit PinList(Pin *only) : pin(only) { pin->AddRef(); }
  ~PinList() override { pin->Release(); }
  STDMETHODIMP QueryInterface(REFIID id, void **out) override {
    return answer(this, id, out, IID_IEnumPins);
  }
  STDMETHODIMP Next(ULONG count, IPin **out, ULONG *got) override {
    ULONG given = isDone || count == 0 ? 0 : 1;
    if (given) {
      out[0] = pin;
      pin->AddRef();
      isDone = true;
    }
    if (got) *got = given;
    return given == count ? S_OK : S_FALSE;
  }
  STDMETHODIMP Skip(ULONG) override { return isDone = true, S_FALSE; }
  STDMETHODIMP Reset() override { return isDone = false, S_OK; }
  STDMETHODIMP Clone(IEnumPins **out) override {
    auto *copy = new PinList(pin);
    copy->isDone = isDone;
    *out = copy;
    return S_OK;
  }
};

struct Filter : Counted<IBaseFilter> {
  GUID id;
  Pin pin;
  FILTER_STATE state = State_Stopped;
  IFilterGraph *graph = nullptr;
  IReferenceClock *clock = nullptr;
  WCHAR name[128] = L"Test device";

  explicit Filter(const GUID &clsid) : id(clsid), pin(this, clsid != CLSID_Microphone) {}
  ~Filter() override {
    pin.halt();
    if (clock) clock->Release();
  }
  STDMETHODIMP QueryInterface(REFIID asked, void **out) override {
    return answer(this, asked, out, IID_IPersist, IID_IMediaFilter, IID_IBaseFilter);
  }
  STDMETHODIMP GetClassID(CLSID *out) override { return *out = id, S_OK; }
  STDMETHODIMP Stop() override { return pin.halt(), state = State_Stopped, S_OK; }
  STDMETHODIMP Pause() override { return pin.halt(), state = State_Paused, S_OK; }
  STDMETHODIMP Run(REFERENCE_TIME) override {
    state = State_Running;
    pin.run();
    return S_OK;
  }
  STDMETHODIMP GetState(DWORD, FILTER_STATE *out) override {
    *out = state;
    return state == State_Paused ? VFW_S_CANT_CUE : S_OK;
  }
  STDMETHODIMP SetSyncSource(IReferenceClock *other) override {
    if (other) other->AddRef();
    if (clock) clock->Release();
    clock = other;
    return S_OK;
  }
  STDMETHODIMP GetSyncSource(IReferenceClock **out) override {
    *out = clock;
    if (clock) clock->AddRef();
    return S_OK;
  }
  STDMETHODIMP EnumPins(IEnumPins **out) override { return *out = new PinList(&pin), S_OK; }
  STDMETHODIMP FindPin(LPCWSTR, IPin **out) override { return *out = &pin, pin.AddRef(), S_OK; }
  STDMETHODIMP QueryFilterInfo(FILTER_INFO *out) override {
    wcscpy(out->achName, name);
    out->pGraph = graph;
    if (graph) graph->AddRef();
    return S_OK;
  }
  STDMETHODIMP JoinFilterGraph(IFilterGraph *joined, LPCWSTR as) override {
    graph = joined;
    if (as) wcsncpy(name, as, 127);
    return S_OK;
  }
  STDMETHODIMP QueryVendorInfo(LPWSTR *) override { return E_NOTIMPL; }
};

ULONG Pin::AddRef() { return filter->AddRef(); }
ULONG Pin::Release() { return filter->Release(); }
HRESULT Pin::EnumMediaTypes(IEnumMediaTypes **out) { return *out = new TypeList(this), S_OK; }
HRESULT Pin::QueryPinInfo(PIN_INFO *out) {
  *out = {filter, PINDIR_OUTPUT, L"Capture"};
  filter->AddRef();
  return S_OK;
}
void Pin::paint(BYTE *data) const {
  bool isFirst = filter->id == CLSID_Camera1;
  long width = video()->bmiHeader.biWidth, height = std::labs(video()->bmiHeader.biHeight);
  for (long y = 0; y < height; y++)
    for (long x = 0; x < width; x += 2) {
      bool isLeft = x < width / 2;
      Colour colour = isFirst ? (isLeft ? RED : GREEN) : (isLeft ? BLUE : GREY);
      *data++ = colour.y;
      *data++ = colour.u;
      *data++ = colour.y;
      *data++ = colour.v;
    }
}

struct Factory : IClassFactory {
  GUID id;
  explicit Factory(const GUID &clsid) : id(clsid) {}
  STDMETHODIMP QueryInterface(REFIID asked, void **out) override {
    return answer(this, asked, out, IID_IClassFactory);
  }
  STDMETHODIMP_(ULONG) AddRef() override { return 2; }
  STDMETHODIMP_(ULONG) Release() override { return 1; }
  STDMETHODIMP CreateInstance(IUnknown *outer, REFIID asked, void **out) override {
    if (outer) return CLASS_E_NOAGGREGATION;
    auto *filter = new Filter(id);
    HRESULT result = filter->QueryInterface(asked, out);
    filter->Release();
    return result;
  }
  STDMETHODIMP LockServer(BOOL) override { return S_OK; }
};

static Factory factories[] = {Factory(CLSID_Camera1), Factory(CLSID_Camera2), Factory(CLSID_Microphone)};

extern "C" __declspec(dllexport) HRESULT WINAPI DllGetClassObject(REFCLSID id, REFIID asked, void **out) {
  for (auto &factory : factories)
    if (factory.id == id) return factory.QueryInterface(asked, out);
  *out = nullptr;
  return CLASS_E_CLASSNOTAVAILABLE;
}
extern "C" __declspec(dllexport) HRESULT WINAPI DllCanUnloadNow() { return S_FALSE; }
