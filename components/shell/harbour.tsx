const treads =
  'M148 299l18.6 -9.5v14l-18.6 9.5zM170.6 287.4l18.6 -9.5v14l-18.6 9.5zM193.2 275.9l18.6 -9.5v14l-18.6 9.5zM215.8 264.4l18.6 -9.5v14l-18.6 9.5zM238.5 252.8l18.6 -9.5v14l-18.6 9.5zM261.1 241.3l18.6 -9.5v14l-18.6 9.5zM283.7 229.7l18.6 -9.5v14l-18.6 9.5zM306.3 218.2l18.6 -9.5v14l-18.6 9.5zM328.9 206.7l18.6 -9.5v14l-18.6 9.5z'
const treadsAhead =
  'M351.5 195.1l18.6 -9.5v14l-18.6 9.5zM374.2 183.6l18.6 -9.5v14l-18.6 9.5zM396.8 172.1l18.6 -9.5v14l-18.6 9.5zM419.4 160.5l18.6 -9.5v14l-18.6 9.5z'

function Water() {
  return (
    <g fill="none" strokeWidth="1.5" className="stroke-rim">
      <path d="M104 380c18-8 34-8 52 0s34 8 52 0 34-8 52 0 34 8 52 0 34-8 52 0 34 8 52 0 34-8 52 0" />
      <path
        d="M126 406c18-8 34-8 52 0s34 8 52 0 34-8 52 0 34 8 52 0 34-8 52 0 34 8 52 0 34-8 52 0"
        opacity=".7"
      />
      <path
        d="M104 432c18-8 34-8 52 0s34 8 52 0 34-8 52 0 34 8 52 0 34-8 52 0 34 8 52 0 34-8 52 0"
        opacity=".45"
      />
      <path d="M50 264C150 420 320 372 452 262" strokeWidth="2" />
    </g>
  )
}

function Ship() {
  return (
    <>
      <path d="M440 150h120v310h-62c-32 0-58-26-58-58z" className="fill-raised" />
      <path d="M440 150h120v9H440z" className="fill-rim" />
      <g fill="none" strokeWidth="3" className="stroke-rim">
        <circle cx="480" cy="212" r="11" />
        <circle cx="520" cy="212" r="11" />
      </g>
      <g className="fill-accent">
        <circle cx="480" cy="212" r="7" />
        <circle cx="520" cy="212" r="7" opacity=".45" />
      </g>
    </>
  )
}

/** The pier at the sign-in: our quay, a gangway half laid, their ship. Decoration. */
export function Harbour({ className }: { className: string }) {
  return (
    <svg viewBox="0 0 560 460" aria-hidden="true" preserveAspectRatio="xMidYMax slice" className={className}>
      <Water />
      <path d="M0 300h146v160H0z" className="fill-raised" />
      <path d="M0 300h146v9H0z" className="fill-rim" />
      <Ship />
      <g fill="none" className="stroke-accent">
        <path
          d="M158 293.9v-44M225.5 259.4v-44M293 225.0v-44M360.5 190.6v-44M428 156.1v-44"
          strokeWidth="2"
          opacity=".65"
        />
        <path d="M158 249.9L428 112.1" strokeWidth="3" strokeLinecap="round" />
        <path d="M158 271.9L428 134.1" strokeWidth="1.5" opacity=".5" />
      </g>
      <path d={treads} className="fill-sand" />
      <path
        d={treadsAhead}
        fill="none"
        strokeWidth="1.5"
        strokeDasharray="3 3"
        opacity=".75"
        className="stroke-sand"
      />
      <rect x="28" y="252" width="26" height="48" rx="4" className="fill-rim" />
      <rect x="21" y="244" width="40" height="13" rx="6.5" className="fill-edge" />
    </svg>
  )
}
