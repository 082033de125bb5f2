/** The icons of the page: 16 px, drawn in the colour of the text. All are decorative and stand beside a name. */

const shapes = {
  play: <path d="M4 2.5v11l9-5.5z" fill="currentColor" stroke="none" />,
  pause: <path d="M4 2.5h3v11H4zM9 2.5h3v11H9z" fill="currentColor" stroke="none" />,
  download: <path d="M8 2v8M4.5 7 8 10.5 11.5 7M2.5 13.5h11" />,
  microphone: (
    <path d="M8 1.8a2.2 2.2 0 0 1 2.2 2.2v3.6a2.2 2.2 0 0 1-4.4 0V4A2.2 2.2 0 0 1 8 1.8zM3.5 7.5a4.5 4.5 0 0 0 9 0M8 12v2.5" />
  ),
  stop: <path d="M3.5 3.5h9v9h-9z" fill="currentColor" stroke="none" />,
  file: <path d="M3.5 1.8h6l3 3v9.4h-9zM9.2 1.8v3.3h3.3" />,
  link: (
    <path d="M6.5 9.5a3 3 0 0 0 4.3 0l2.3-2.3a3 3 0 0 0-4.3-4.3l-1 1M9.5 6.5a3 3 0 0 0-4.3 0L2.9 8.8a3 3 0 0 0 4.3 4.3l1-1" />
  ),
  sun: (
    <path d="M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6zM8 1v1.6M8 13.4V15M1 8h1.6M13.4 8H15M3 3l1.2 1.2M11.8 11.8 13 13M13 3l-1.2 1.2M4.2 11.8 3 13" />
  ),
  moon: <path d="M13.5 9.6A5.8 5.8 0 0 1 6.4 2.5a5.8 5.8 0 1 0 7.1 7.1z" />,
  half: (
    <>
      <path d="M8 2a6 6 0 0 0 0 12z" fill="currentColor" />
      <circle cx="8" cy="8" r="6" />
    </>
  ),
  keys: (
    <>
      <rect x="1.5" y="3.5" width="13" height="9" rx="1.5" />
      <path d="M4.3 6.5h.01M6.8 6.5h.01M9.3 6.5h.01M11.8 6.5h.01M5 9.7h6" />
    </>
  ),
  sliders: <path d="M2 4.5h6M12 4.5h2M10 2.7v3.6M2 11.5h2M8 11.5h6M6 9.7v3.6" />,
  dice: (
    <>
      <rect x="2" y="2" width="12" height="12" rx="2.5" />
      <path d="M5.3 5.3h.01M10.7 5.3h.01M8 8h.01M5.3 10.7h.01M10.7 10.7h.01" strokeWidth="2" />
    </>
  ),
  close: <path d="m3.5 3.5 9 9M12.5 3.5l-9 9" />,
  chevron: <path d="m5.5 3 5 5-5 5" />,
  check: <path d="m3 8.5 3.4 3.5L13 4.5" />,
  back: <path d="M6 3 2.5 6.5 6 10M2.5 6.5H10a3.5 3.5 0 0 1 0 7H6.5" />,
  rewind: <path d="M4 3v10M13 3.5v9L6.5 8z" />,
  sound: <path d="M2.5 6v4h2.3L8.5 13V3L4.8 6zM10.8 5.7a3.2 3.2 0 0 1 0 4.6M12.6 3.9a5.8 5.8 0 0 1 0 8.2" />,
} as const

export function Icon({ name }: { readonly name: keyof typeof shapes }) {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {shapes[name]}
    </svg>
  )
}
